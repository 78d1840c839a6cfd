package org.podpath.experiments.tables;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text, map or byte column that may have no value, or one of whole numbers ({@code long}, {@code
 * int}) that has none where the number is negative. Columns of a boxed type, such as {@code Long},
 * may have none without it; other primitive ones always have one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Nullable {}
