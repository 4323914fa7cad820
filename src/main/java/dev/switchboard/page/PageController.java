package dev.switchboard.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The HTML shell; everything in it is drawn by the modules it loads. */
@Controller
final class PageController {

    private final Page page;

    PageController(Page page) {
        this.page = page;
    }

    @GetMapping("/")
    String live(Model model, HttpServletRequest request, HttpServletResponse response) {
        return shell("Switchboard", model, request, response);
    }

    @GetMapping("/history")
    String history(Model model, HttpServletRequest request, HttpServletResponse response) {
        return shell("History · Switchboard", model, request, response);
    }

    /** The page of one endpoint, which says so itself when there is none of that name. */
    @GetMapping("/e/{name}")
    String endpoint(@PathVariable String name, Model model, HttpServletRequest request, HttpServletResponse response) {
        return shell(name + " · Switchboard", model, request, response);
    }

    private String shell(String title, Model model, HttpServletRequest request, HttpServletResponse response) {
        // It names its files by their hashes, so an old copy would hold on to an old page.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        // The door sees to it that they can't; the page sees to it that they need not try.
        model.addAttribute("viewOnly", !request.isUserInRole("OPERATOR"));
        model.addAttribute("page", page);
        model.addAttribute("title", title);
        return "page/index";
    }
}
