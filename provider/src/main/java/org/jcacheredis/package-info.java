// SPDX-License-Identifier: Apache-2.0
/**
 * The public face of the provider: found by {@link java.util.ServiceLoader}, configured by a URI,
 * used through {@code javax.cache}. Types here hold no Redis or codec code of their own.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis;
