// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

/** A value: a record, without any interface or annotation. */
public record Person(String name, int born) {}
