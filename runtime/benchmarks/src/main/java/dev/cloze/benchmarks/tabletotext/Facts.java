package dev.cloze.benchmarks.tabletotext;

/** What is to be told, as the data set writes it. */
record Facts(String facts) {}
