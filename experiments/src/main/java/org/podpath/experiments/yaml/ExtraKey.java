package org.podpath.experiments.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key that may stand beside those of a record, and is taken out before the record is made. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ExtraKey {
  /** The key. */
  String key();

  /** What is written there. */
  String kind();

  /** What it means, for the reference. */
  String explanation();
}
