/** A real browser for tests of pages; who uses it brings Playwright. */
@NullMarked
package dev.cloze.testkit.browser;

import org.jspecify.annotations.NullMarked;
