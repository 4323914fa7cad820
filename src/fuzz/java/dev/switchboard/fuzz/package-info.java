/** Looks for inputs that should do no harm and do. No part of the product; see CONTRIBUTING.md. */
@NullMarked
package dev.switchboard.fuzz;

import org.jspecify.annotations.NullMarked;
