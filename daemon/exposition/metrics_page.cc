#include "exposition/metrics_page.h"

#include <chrono>

#include "exposition/families.h"
#include "exposition/indicator_writer.h"
#include "exposition/info_writer.h"
#include "exposition/registry_writer.h"
#include "exposition/target_writer.h"

namespace iocd::exposition {

MetricsPage::MetricsPage(const engine::Engine& engine, DaemonMetrics& metrics)
    : engine_(engine), metrics_(metrics), labels_(*engine.catalogue()) {}

std::string MetricsPage::Render(Format format, Timestamp now) const {
  const auto began = std::chrono::steady_clock::now();
  FamilyBuffers buffers;
  AppendDepartments(engine_, labels_, &buffers);
  AppendIndicatorInfo(*engine_.catalogue(), labels_, &buffers);
  AppendIndicators(engine_, labels_, now, &buffers);
  AppendTargets(engine_, labels_, now, &buffers);

  std::string page;
  buffers.AppendTo(format, &page);
  AppendFamilies(format, metrics_.Collect(engine_), &page);
  AppendEnd(format, &page);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  metrics_.ObserveScrape(took.count());
  return page;
}

}  // namespace iocd::exposition
