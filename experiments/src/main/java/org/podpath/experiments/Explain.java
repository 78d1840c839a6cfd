package org.podpath.experiments;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The meaning of a parameter of a scenario or of a column of a result table, in one sentence for
 * the reader of the reference and of {@code podpath explain}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
    ElementType.RECORD_COMPONENT,
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.METHOD,
    ElementType.TYPE
})
public @interface Explain {
  /** The sentence, without the name, the unit and the default, which are told apart from it. */
  String value();
}
