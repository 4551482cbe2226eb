/** DistilBERT (Sanh et al. 2019, arXiv 1910.01108). */
@NullMarked
package dev.cloze.runtime.backbone.distilbert;

import org.jspecify.annotations.NullMarked;
