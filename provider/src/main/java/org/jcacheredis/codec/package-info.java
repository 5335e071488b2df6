// SPDX-License-Identifier: Apache-2.0
/**
 * Keys and values as bytes: canonical keys, the versioned value envelope, the classes that bytes
 * may become. The only package that imports Kryo; imports no other package of the provider.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.codec;
