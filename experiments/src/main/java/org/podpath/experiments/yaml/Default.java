package org.podpath.experiments.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What stands for a parameter that is not written: the YAML text of its value. For an
 * {@code Optional} component it says in words what then happens, and writing {@code default} or
 * those words is the same as writing nothing. A parameter without it must be written.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** YAML, or words for an {@code Optional}. */
  String value();
}
