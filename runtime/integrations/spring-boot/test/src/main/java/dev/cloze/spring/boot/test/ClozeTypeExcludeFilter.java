package dev.cloze.spring.boot.test;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out the components that a test of pipelines doesn't name. */
final class ClozeTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<ClozeTest> {

    ClozeTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}
