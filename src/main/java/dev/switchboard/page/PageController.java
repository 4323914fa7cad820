package dev.switchboard.page;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The HTML shell; everything in it is drawn by the modules it loads. */
@Controller
final class PageController {

    private final Page page;

    PageController(Page page) {
        this.page = page;
    }

    @GetMapping("/")
    String live(Model model) {
        model.addAttribute("page", page);
        return "page/index";
    }
}
