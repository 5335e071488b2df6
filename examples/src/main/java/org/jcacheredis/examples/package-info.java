// SPDX-License-Identifier: Apache-2.0
/** Programs to run and to copy from. They use {@code javax.cache} as an application does. */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.examples;
