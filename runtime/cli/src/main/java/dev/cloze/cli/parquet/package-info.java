/** Files of Parquet, read and written record by record without Hadoop's file systems. */
@NullMarked
package dev.cloze.cli.parquet;

import org.jspecify.annotations.NullMarked;
