package dev.cloze.testkit;

import dev.cloze.testkit.kernel.AdafactorCalls;
import dev.cloze.testkit.kernel.AdamWCalls;
import dev.cloze.testkit.kernel.CacheCalls;
import dev.cloze.testkit.kernel.DecoderCalls;
import dev.cloze.testkit.kernel.EncoderCalls;
import dev.cloze.testkit.kernel.HeadCalls;
import dev.cloze.testkit.kernel.KernelCall;
import dev.cloze.testkit.kernel.KernelFiles;
import dev.cloze.testkit.kernel.LstmCalls;
import dev.cloze.testkit.kernel.PrefixCalls;
import dev.cloze.testkit.kernel.PromptCalls;
import dev.cloze.testkit.kernel.SelectionCalls;
import dev.cloze.testkit.kernel.StoredCalls;
import dev.cloze.testkit.kernel.T5Calls;
import dev.cloze.testkit.kernel.TogetherCalls;
import dev.cloze.testkit.kernel.TuningCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes every kernel as a TorchScript file, with sample inputs and what the CPU computes from them.
 *
 * <p>{@code replay_kernels.py} runs these files on whatever device PyTorch finds, where no JVM is needed.
 */
public final class KernelExport {

    private KernelExport() {}

    /** Takes the folder to write to, which is made. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("Usage: KernelExport FOLDER");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        List<KernelCall> calls = calls();
        KernelFiles.write(folder, calls);
        System.out.println("Wrote " + calls.size() + " calls to " + folder.toAbsolutePath());
    }

    /** All sample calls: every method of every kernel, those of models in several shapes. */
    public static List<KernelCall> calls() {
        List<KernelCall> calls = new ArrayList<>();
        calls.addAll(EncoderCalls.defaultModel());
        calls.addAll(EncoderCalls.bertBase());
        calls.addAll(EncoderCalls.oneText());
        calls.addAll(DecoderCalls.gpt2());
        calls.addAll(DecoderCalls.llama());
        calls.addAll(DecoderCalls.qwen3());
        calls.addAll(DecoderCalls.gpt2Small());
        calls.addAll(DecoderCalls.smolLm2());
        calls.addAll(T5Calls.first());
        calls.addAll(T5Calls.gated());
        calls.addAll(T5Calls.biasPerLayer());
        calls.addAll(T5Calls.small());
        calls.addAll(CacheCalls.all());
        calls.addAll(SelectionCalls.all());
        calls.addAll(TogetherCalls.all());
        calls.addAll(LstmCalls.all());
        calls.addAll(AdamWCalls.all());
        calls.addAll(AdafactorCalls.all());
        calls.addAll(PromptCalls.all());
        calls.addAll(PrefixCalls.all());
        calls.addAll(StoredCalls.all());
        calls.addAll(TuningCalls.all());
        calls.addAll(HeadCalls.all());
        return calls;
    }
}
