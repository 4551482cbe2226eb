/** What shells and man read of the commands: completion scripts and pages, made of the commands' own specification. */
@NullMarked
package dev.cloze.cli.shell;

import org.jspecify.annotations.NullMarked;
