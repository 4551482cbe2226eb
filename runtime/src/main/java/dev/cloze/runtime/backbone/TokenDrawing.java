package dev.cloze.runtime.backbone;

/**
 * How a token is drawn: in the order of temperature, top k, top p, as Hugging Face transformers has it.
 *
 * @param temperature the logits are divided by it, above 0
 * @param topK how many of the most probable tokens are left in, 0 for all
 * @param topP the most probable tokens are left in until their probabilities reach this sum (Holtzman et al. 2020,
 *     arXiv 1904.09751, section 3.1), above 0 to 1
 */
public record TokenDrawing(double temperature, int topK, double topP) {}
