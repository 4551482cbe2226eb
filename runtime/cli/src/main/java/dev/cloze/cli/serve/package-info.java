/** {@code cloze serve}: pipelines and models behind HTTP, with a page to try them on. */
@NullMarked
package dev.cloze.cli.serve;

import org.jspecify.annotations.NullMarked;
