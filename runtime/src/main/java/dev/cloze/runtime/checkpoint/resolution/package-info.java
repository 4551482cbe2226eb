/**
 * From a name to a folder: the places are asked in order (a path, folders of models, the class path, the hub's cache, the
 * hub), and a name that none has is answered by what was found at each.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.resolution;

import org.jspecify.annotations.NullMarked;
