// SPDX-License-Identifier: Apache-2.0
/**
 * Entry processors that run in the server: the interface for your own, and ready-made ones. Imports
 * no other package of the provider.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.processor;
