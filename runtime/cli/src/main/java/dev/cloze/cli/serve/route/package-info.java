/** What each route answers. */
@NullMarked
package dev.cloze.cli.serve.route;

import org.jspecify.annotations.NullMarked;
