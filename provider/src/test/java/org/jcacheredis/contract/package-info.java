// SPDX-License-Identifier: Apache-2.0
/**
 * The behaviour this provider promises, written against {@code javax.cache} alone. A {@code
 * *Contract} is an abstract suite; a {@code *IT} runs it on one back end. The same suites run on
 * the reference implementation with {@code -Dcontract.backend=reference}, which shows where it
 * departs from what we promise.
 */
package org.jcacheredis.contract;
