/** What soft methods share: trained vectors that are put into a backbone, which itself may stay as it is and shared. */
@NullMarked
package dev.cloze.runtime.tuning.soft;

import org.jspecify.annotations.NullMarked;
