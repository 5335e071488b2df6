// SPDX-License-Identifier: Apache-2.0
/**
 * The application's loader and writer: called as the specification asks, their exceptions told in
 * its types. Knows nothing of Redis but the leases that let JVMs take turns.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.integration;
