// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The class runs if the server that the tests share can give fields of hashes a lifetime; else it
 * is reported as not run, with the server's name and what to do. Nothing else may skip a test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("field-lifetimes")
@ExtendWith(FieldLifetimesCondition.class)
public @interface NeedsFieldLifetimes {}
