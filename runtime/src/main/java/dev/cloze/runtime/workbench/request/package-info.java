/** Requests in JSON as strangers send them, and problems as they are told of them. */
@NullMarked
package dev.cloze.runtime.workbench.request;

import org.jspecify.annotations.NullMarked;
