/** RoBERTa (Liu et al. 2019, arXiv 1907.11692) and XLM-R (Conneau et al. 2020, arXiv 1911.02116), which is the same. */
@NullMarked
package dev.cloze.runtime.backbone.roberta;

import org.jspecify.annotations.NullMarked;
