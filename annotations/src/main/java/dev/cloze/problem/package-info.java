/** What can be wrong, by code, in one voice: the same in the compiler and at run time. */
@NullMarked
package dev.cloze.problem;

import org.jspecify.annotations.NullMarked;
