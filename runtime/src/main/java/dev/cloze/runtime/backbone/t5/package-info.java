/**
 * T5 (Raffel et al. 2020, arXiv 1910.10683), its version 1.1, mT5 (Xue et al. 2021, arXiv 2010.11934), which is the same, and umT5
 * (Chung et al. 2023, arXiv 2304.09151), each of whose layers has relative biases of its own.
 */
@NullMarked
package dev.cloze.runtime.backbone.t5;

import org.jspecify.annotations.NullMarked;
