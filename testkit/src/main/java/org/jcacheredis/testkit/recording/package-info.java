// SPDX-License-Identifier: Apache-2.0
/**
 * Listeners, loaders, writers and expiry policies that note how a cache used them and fail or wait
 * on demand. Imports {@code javax.cache} and the JDK alone, so they serve any provider.
 */
@NullMarked
package org.jcacheredis.testkit.recording;

import org.jspecify.annotations.NullMarked;
