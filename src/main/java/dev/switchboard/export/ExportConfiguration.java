package dev.switchboard.export;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({ExportController.class, ImportController.class, Importer.class})
class ExportConfiguration {}
