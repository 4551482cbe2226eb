/** What each tuning method is: the one table that the compiler and the runtime read. */
@NullMarked
package dev.cloze.annotations.method;

import org.jspecify.annotations.NullMarked;
