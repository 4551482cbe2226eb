/** Looks at this machine section by section, and names the setting that cures whatever is wrong. */
@NullMarked
package dev.cloze.cli.doctor;

import org.jspecify.annotations.NullMarked;
