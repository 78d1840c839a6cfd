package org.podpath.experiments.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that a parameter may be, both ends included: of the value in its base unit, or of the
 * entries of a list or map.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /** The smallest. */
  long least() default 0;

  /** The largest; an {@code int} is never larger than an {@code int} can be. */
  long most() default Long.MAX_VALUE;
}
