// SPDX-License-Identifier: Apache-2.0
/** What a cache shows to JMX: its statistics, its configuration. Imports {@code internal.entry}. */
@org.jspecify.annotations.NullMarked
package org.jcacheredis.internal.management;
