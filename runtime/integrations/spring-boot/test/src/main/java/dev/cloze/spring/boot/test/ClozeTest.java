package dev.cloze.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test that starts an application's pipelines and nothing else of it: no web server, none of its components, but those that {@link
 * #includeFilters} names.
 *
 * <p>Tasks that name no model run on the quick one, which is there; none is opened from its archive, and each is opened when it is
 * first asked. What the test says in {@link #properties} goes before that: {@code cloze.untrained=false} has archives opened.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(ClozeTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(ClozeTypeExcludeFilter.class)
@AutoConfigureCloze
@ImportAutoConfiguration
public @interface ClozeTest {

    /** Properties of the test, {@code name=value}. */
    String[] properties() default {};

    /** Whether components are left out that the test doesn't name. */
    boolean useDefaultFilters() default true;

    /** Components to have beside the pipelines. */
    Filter[] includeFilters() default {};

    /** Components to leave out. */
    Filter[] excludeFilters() default {};
}
