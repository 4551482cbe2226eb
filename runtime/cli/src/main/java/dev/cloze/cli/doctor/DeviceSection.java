package dev.cloze.cli.doctor;

import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.InstructionSet;

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
        ComputeDevice chosen = ComputeDevice.chosen();
        report.fact("used is", chosen + " (" + because + ")");
        String precision = System.getProperty(ComputePrecision.PROPERTY);
        report.fact(
                "multiplies in",
                chosen.precision() + " (" + ComputePrecision.PROPERTY
                        + (precision == null ? " is not set" : "=" + precision) + "), by "
                        + InstructionSet.described());
    }
}
