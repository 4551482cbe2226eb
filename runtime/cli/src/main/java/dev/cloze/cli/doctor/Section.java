package dev.cloze.cli.doctor;

/** One part of the doctor's report. */
interface Section {

    /** Its heading. */
    String title();

    /** Looks, and writes down what it finds; what it throws is a problem of the machine, too. */
    void examine(Report report);
}
