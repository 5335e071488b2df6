// SPDX-License-Identifier: Apache-2.0
/**
 * The local tier: values of one cache kept in this JVM for as long as nobody changes them in Redis.
 * The only importer of Caffeine; imports the store's records and the settings.
 */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.local;
