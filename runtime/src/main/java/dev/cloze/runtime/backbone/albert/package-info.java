/** ALBERT (Lan et al. 2020, arXiv 1909.11942). */
@NullMarked
package dev.cloze.runtime.backbone.albert;

import org.jspecify.annotations.NullMarked;
