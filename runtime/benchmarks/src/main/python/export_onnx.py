"""Writes the body of an encoder as an ONNX file: `export_onnx.py FOLDER TARGET`. Needs the packages onnx and onnxscript.

Inputs `input_ids`, `attention_mask` and `token_type_ids` (B, T), any B and T; output `last_hidden_state` (B, T, E).
"""

import sys

import torch
from transformers import AutoModel

NAMES = ("input_ids", "attention_mask", "token_type_ids")


class Body(torch.nn.Module):
    def __init__(self, folder: str):
        super().__init__()
        self.network = AutoModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.network(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0]


def main(folder: str, target: str) -> None:
    ids = torch.ones(2, 9, dtype=torch.long)
    torch.onnx.export(Body(folder), (ids, torch.ones_like(ids), torch.zeros_like(ids)), target, input_names=NAMES,
                      output_names=("last_hidden_state",), opset_version=17, dynamo=False,
                      dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*NAMES, "last_hidden_state")})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
