/** The tasks that are served: opened, queued, counted, and opened anew where their archive has been replaced. */
@NullMarked
package dev.cloze.cli.serve.task;

import org.jspecify.annotations.NullMarked;
