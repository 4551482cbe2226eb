package dev.cloze.cli.doctor;

import dev.cloze.runtime.engine.ComputeDevice;

/** The devices there are, and the one that is used. */
final class DeviceSection implements Section {

    private final EngineSection engine;

    DeviceSection(EngineSection engine) {
        this.engine = engine;
    }

    @Override
    public String title() {
        return "Devices";
    }

    @Override
    public void examine(Report report) {
        if (!engine.loaded()) {
            report.fact("there are", "unknown, as libtorch is not loaded");
            return;
        }
        report.fact("there are", String.join(", ", ComputeDevice.available()));
        String setting = System.getProperty(ComputeDevice.PROPERTY);
        String because = ComputeDevice.PROPERTY + (setting == null ? " is not set" : "=" + setting);
        report.fact("used is", ComputeDevice.chosen() + " (" + because + ")");
    }
}
