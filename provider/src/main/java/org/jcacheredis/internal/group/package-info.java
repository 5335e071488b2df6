// SPDX-License-Identifier: Apache-2.0
/**
 * What the JVMs of one namespace tell each other: who listens to which cache, which changes were
 * made, which entries ended. Imports {@code store}, {@code connection}, {@code settings} and {@code
 * entry}; known to {@code cache} and {@code manager} alone.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.group;
