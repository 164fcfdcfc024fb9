package dev.muster.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On every REST method: what it does with which kind of thing. {@link AccessFeature} asks {@link Access} before it runs. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Asks {
    Verb value();

    Resource.Kind of();

    /**
     * The method itself keeps to {@link Caller#sight}: it shows, or does something with, only what the caller may. Without it
     * only those get in who may do it with all that the path can mean: every team's, where the path names none.
     */
    boolean seesForItself() default false;
}
