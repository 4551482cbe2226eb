/** T5 (Raffel et al. 2020, arXiv 1910.10683), its version 1.1, and mT5 (Xue et al. 2021, arXiv 2010.11934), which is the same. */
@NullMarked
package dev.cloze.runtime.backbone.t5;

import org.jspecify.annotations.NullMarked;
