/** What is said to the user: every message in one place, and the report that collects a task's findings. */
@NullMarked
package dev.cloze.processor.report;

import org.jspecify.annotations.NullMarked;
