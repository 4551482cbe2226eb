/**
 * Campaigns against what reads files: mutated ones, thousands of them, each of which is read or refused by a code, soon and in
 * little memory. A campaign is a kind of file; each input that once got through is in its corpus and comes first.
 */
@NullMarked
package dev.cloze.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
