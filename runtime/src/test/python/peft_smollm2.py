"""Writes real/smollm2-prompt beside the other fixtures: a prompt that PEFT made of words, and what SmolLM2-135M-Instruct writes behind it.

    python peft_smollm2.py MODEL        MODEL is the folder of SmolLM2-135M-Instruct

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers

TARGET = Path(__file__).resolve().parents[1] / "resources/real/smollm2-prompt"
PROMPTS = ["The capital of France is", "Water boils at"]
STEPS = 16

if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    load = lambda: transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    config = peft.PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=8, prompt_tuning_init="TEXT",
                                     prompt_tuning_init_text="Answer the question in a single short sentence, please:",
                                     tokenizer_name_or_path=str(folder))
    torch.manual_seed(1)
    made = peft.get_peft_model(load(), config)
    weight = made.prompt_encoder["default"].embedding.weight
    weight.data += torch.randn(weight.shape) * weight.data.std() / 4
    made.peft_config["default"].base_model_name_or_path = "HuggingFaceTB/SmolLM2-135M-Instruct"
    made.peft_config["default"].tokenizer_name_or_path = None  # a folder of this machine, which is of no use when it is loaded
    made.peft_config["default"].prompt_tuning_init = "RANDOM"
    made.save_pretrained(TARGET, safe_serialization=True)
    (TARGET / "README.md").unlink()
    model, tokenizer = peft.PeftModel.from_pretrained(load(), TARGET).eval(), transformers.AutoTokenizer.from_pretrained(folder)
    texts = []
    with torch.no_grad():
        for prompt in PROMPTS:
            ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
            out = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=STEPS, do_sample=False)[0].tolist()
            texts.append(tokenizer.decode(out[ids.shape[1]:] if out[:ids.shape[1]] == ids[0].tolist() else out, skip_special_tokens=True))
    versions = {"peft": peft.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    (TARGET / "written.json").write_text(json.dumps({"versions": versions, "steps": STEPS, "prompts": PROMPTS, "texts": texts}, indent=1) + "\n")
    print(texts)
