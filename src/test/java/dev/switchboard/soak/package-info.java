/** Everything at once, for as long as told; see CONTRIBUTING.md. */
@NullMarked
package dev.switchboard.soak;

import org.jspecify.annotations.NullMarked;
