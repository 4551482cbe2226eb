/** Reads public data sets that lie in a folder beside the repository; nothing of them is in the repository. */
@NullMarked
package dev.cloze.testkit.data;

import org.jspecify.annotations.NullMarked;
