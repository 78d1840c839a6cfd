package org.podpath.experiments.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only component of a record that is written without a key: its value is the record. Among the
 * kinds of a sealed interface such a record has the key of its kind, unless it is a map.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Itself {
  /**
   * Whether among the kinds of a sealed interface any word that is no constant is one of this record,
   * which then has no key either.
   */
  boolean anyWord() default false;
}
