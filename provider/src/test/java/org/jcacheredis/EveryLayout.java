// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * What is tested holds however a cache lies in Redis. The build runs it twice: on the layout {@code
 * keys}, and with {@code layout = hash} for all caches that do not say otherwise, on the same
 * server, or is reported as not run there because the server cannot.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("every-layout")
public @interface EveryLayout {}
