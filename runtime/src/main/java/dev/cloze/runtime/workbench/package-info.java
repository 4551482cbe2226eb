/**
 * Templates and label words that are tried before there is a class: on one model, asked in JSON, with the page that asks. The
 * command line's server and applications of any web framework show the same.
 */
@NullMarked
package dev.cloze.runtime.workbench;

import org.jspecify.annotations.NullMarked;
