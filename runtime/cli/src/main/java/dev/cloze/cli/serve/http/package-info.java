/** HTTP without a word about prompts: who may ask, which route answers, how bodies are read, what a problem looks like. */
@NullMarked
package dev.cloze.cli.serve.http;

import org.jspecify.annotations.NullMarked;
